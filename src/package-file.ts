// Where the files of this package lie: the same from src/, from what tsc makes of it and from the programs bundled of it.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder with `package.json`. */
export const packageFolder = folderAbove(dirname(fileURLToPath(import.meta.url)));

/** @param path in the package, with slashes: `benchmarks/suites` */
export function packageFile(path: string): string {
  return join(packageFolder, ...path.split('/'));
}

/** A program that is started as a process of its own. @param path as in src/, without its ending */
export function programFile(path: string): string {
  return packageFile(`dist/${path}.js`);
}

function folderAbove(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : folderAbove(dirname(folder));
}
