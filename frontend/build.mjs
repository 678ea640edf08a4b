// Builds what the site serves: one style sheet, two fonts, the pictograms as a Jinja macro.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import * as sass from "sass";

const modules = "node_modules";
const target = "../engage";

// GOV.UK Frontend writes left and right; our pages also run from right to left.
// Offsets (left: 2px) stay physical for old phones and are mirrored in scss/_rtl.scss.
function logical(css) {
  return css
    .replace(/(margin|padding|border)-left\b/g, "$1-inline-start")
    .replace(/(margin|padding|border)-right\b/g, "$1-inline-end")
    .replace(/text-align:left\b/g, "text-align:start")
    .replace(/text-align:right\b/g, "text-align:end");
}

function styles() {
  const { css } = sass.compile("scss/engage.scss", {
    style: "compressed",
    loadPaths: [`${modules}/govuk-frontend/dist`],
    quietDeps: true,
  });
  mkdirSync(`${target}/static/css`, { recursive: true });
  const built = logical(css.replace(/^\uFEFF/, ""));
  writeFileSync(`${target}/static/css/engage.css`, built);
  writeFileSync(`${target}/static/css/engage.css.br`, brotliCompressSync(built));
  writeFileSync(`${target}/static/css/engage.css.gz`, gzipSync(built, { level: 9 }));
  console.log(`engage.css ${built.length} bytes, ${brotliCompressSync(built).length} with brotli`);
}

function fonts() {
  const from = `${modules}/@fontsource/atkinson-hyperlegible-next`;
  mkdirSync(`${target}/static/fonts`, { recursive: true });
  mkdirSync(`${target}/static/licences`, { recursive: true });
  for (const weight of [400, 700]) {
    copyFileSync(
      `${from}/files/atkinson-hyperlegible-next-latin-${weight}-normal.woff2`,
      `${target}/static/fonts/atkinson-${weight}.woff2`,
    );
  }
  copyFileSync(`${from}/LICENSE`, `${target}/static/licences/atkinson-hyperlegible-next.txt`);
  copyFileSync(`${modules}/@tabler/icons/LICENSE`, `${target}/static/licences/tabler-icons.txt`);
}

// One path an icon: every tabler path begins with an absolute M, so they can be joined.
function joined(nodes, name) {
  for (const [tag, attributes] of nodes) {
    if (tag !== "path" || !attributes.d.startsWith("M")) throw new Error(`${name} cannot be joined`);
  }
  return nodes.map(([, attributes]) => attributes.d).join("");
}

function icons() {
  const outline = JSON.parse(readFileSync(`${modules}/@tabler/icons/tabler-nodes-outline.json`, "utf8"));
  const names = JSON.parse(readFileSync("icons.json", "utf8"));
  const entries = Object.entries(names).map(([ours, theirs]) => `"${ours}": "${joined(outline[theirs], theirs)}"`);
  const lines = [];
  for (let at = 0; at < entries.length; at += 2) lines.push(`  ${entries.slice(at, at + 2).join(", ")},`);
  const macro = readFileSync("icon.template.html", "utf8");
  writeFileSync(`${target}/templates/ui/icon.html`, macro.replace("/*paths*/", lines.join("\n")));
  console.log(`icon.html ${entries.length} pictograms`);
}

styles();
fonts();
icons();
