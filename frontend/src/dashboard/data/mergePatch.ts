/** JSON Merge Patch (RFC 7396): what is to change of an object. */

export type Members = Record<string, unknown>;

export function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What makes `after` of `before`; empty when they are the same. A member that is null or gone is null in it. */
export function patchOf(before: Members, after: Members): Members {
  const patch: Members = {};
  for (const name of Object.keys(before)) {
    if (before[name] !== null && (after[name] ?? null) === null) patch[name] = null;
  }
  for (const [name, value] of Object.entries(after)) {
    const was = before[name];
    if (value === null) continue;
    if (isObject(value) && isObject(was)) {
      const inner = patchOf(was, value);
      if (Object.keys(inner).length > 0) patch[name] = inner;
    } else if (JSON.stringify(value) !== JSON.stringify(was)) {
      patch[name] = value;
    }
  }
  return patch;
}

/** What a patch makes of an object. A member that it takes out is shown as null: that is what the record then says. */
export function patched(before: Members, patch: Members): Members {
  const after = { ...before };
  for (const [name, value] of Object.entries(patch)) {
    const was = after[name];
    after[name] = isObject(value) ? patched(isObject(was) ? was : {}, value) : value;
  }
  return after;
}
