// Makes one file of what our editor is made of that others wrote: `node bundle.js` writes it, `--check` compares.

import {readFile, writeFile} from 'node:fs/promises';
import {dirname, join, relative} from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, '../../dashboards/components/promql');
const place = join(folder, 'codemirror.js');
const OURS = 'Apache License'; // its text is the project's own LICENSE

/**
 * The packages of which anything is left.
 * @param {Record<string, {bytesInOutput: number}>} inputs by the path of a module
 */
function packagesOf(inputs) {
  const left = Object.keys(inputs).filter((path) => inputs[path].bytesInOutput);
  const names = left.flatMap((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1] ?? []);
  return [...new Set(names)].sort();
}

/** @param {string} name */
async function licenceOf(name) {
  const root = join(here, 'node_modules', name);
  const {version, license} = JSON.parse(await readFile(join(root, 'package.json'), 'utf-8'));
  const files = ['LICENSE', 'LICENSE.md'].map((file) => readFile(join(root, file), 'utf-8'));
  const text = (await Promise.any(files)).replaceAll('\r', '').replaceAll('*/', '* /').trim();
  return {title: `${name} ${version}, ${license}`, text};
}

/**
 * Each licence once, under the packages that it is of.
 * @param {string[]} names
 */
async function notices(names) {
  const titles = new Map();
  for (const {title, text} of await Promise.all(names.map(licenceOf))) {
    const said = text.startsWith(OURS) ? `${OURS}, version 2.0: see the LICENSE of this project.` : text;
    titles.set(said, [...(titles.get(said) ?? []), title]);
  }
  const parts = [...titles].map(([text, under]) => `${under.join('\n')}\n\n${text}`);
  return `/*! Made by scripts/bundle-javascript of codemirror.source.js and these packages.\n\n${parts.join('\n\n---\n\n')}\n*/\n`;
}

const built = await build({
  absWorkingDir: here,
  entryPoints: [relative(here, join(folder, 'codemirror.source.js'))],
  nodePaths: [join(here, 'node_modules')],
  bundle: true,
  format: 'esm',
  minify: true,
  target: 'es2022',
  legalComments: 'none',
  charset: 'utf8',
  metafile: true,
  write: false,
});
const [{inputs}] = Object.values(built.metafile.outputs);
const made = (await notices(packagesOf(inputs))) + built.outputFiles[0].text;
if (!process.argv.includes('--check')) await writeFile(place, made);
else if (made !== (await readFile(place, 'utf-8'))) {
  process.stderr.write(
    `${relative(process.cwd(), place)} is not what its sources make: run scripts/bundle-javascript\n`,
  );
  process.exitCode = 1;
}
