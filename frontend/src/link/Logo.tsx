/** A system's mark, drawn from its name: two letters on a colour of its own. */
const HUES = 24;

export function Logo({ name }: { name: string }) {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  const letters = (words.length > 1 ? words.slice(0, 2).map((word) => word[0]) : [name.slice(0, 2)]).join("");
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return (
    <svg className={`logo hue-${sum % HUES}`} viewBox="0 0 40 40" aria-hidden="true">
      <rect width="40" height="40" rx="9" fill={`hsl(${(sum % HUES) * (360 / HUES)} 45% 32%)`} />
      <text x="20" y="26" textAnchor="middle" fontSize="16" fontWeight="700" fill="#ffffff">
        {letters.toUpperCase()}
      </text>
    </svg>
  );
}
