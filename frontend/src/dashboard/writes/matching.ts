/** Finding values among many. */

/** At most so many of the values that contain a text, whatever its case. */
export function matching(values: unknown[], text: string, most: number): unknown[] {
  const wanted = text.toLowerCase();
  const found = [];
  for (const value of values) {
    if (String(value).toLowerCase().includes(wanted)) found.push(value);
    if (found.length === most) break;
  }
  return found;
}
