// Long names, such as those of C++ templates, with their middle left out.

/** At most `size` characters: the begin and the end tell such names apart, the middle seldom does. */
export function shortened(name: string, size: number): string {
  const characters = [...name];
  if (characters.length <= size) return name;
  const tail = Math.floor((size - 1) * 0.4);
  return `${characters.slice(0, size - 1 - tail).join('')}…${tail > 0 ? characters.slice(-tail).join('') : ''}`;
}
