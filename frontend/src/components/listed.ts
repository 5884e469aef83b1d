/** Words with commas or spaces between. */
export function listed(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== "");
}
