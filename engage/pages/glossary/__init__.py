"""The words of health, said simply: import, links on first use, a leaflet."""
