import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Every file below the given folders of `base` whose name ends in one of `endings`, as paths with `/`, sorted. */
export function sourceFiles(
  base: string,
  folders: readonly string[],
  endings: readonly string[] = ['.ts', '.tsx', '.mjs'],
): string[] {
  return folders
    .filter((folder) => existsSync(join(base, folder)))
    .flatMap((folder) => readdirSync(join(base, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => relative(base, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.includes('node_modules/'))
    .sort();
}

/** The text of one file of `base`, comments blanked so that what they mention isn't taken for code. */
export function codeOf(base: string, path: string): string {
  return readFileSync(join(base, path), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
    .replace(/(^|[\s;{}(,])\/\/.*$/gm, '$1');
}

/** The line, from 1, at which position `at` of `text` lies. */
export const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;
