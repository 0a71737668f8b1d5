/** RFC 9051 9 `sequence-set`: ascending, neighbours as ranges (`1:3,7`); QQ answers BAD to descending ones. */
export const uidSet = (uids: readonly number[]): string => {
  const sorted = [...new Set(uids)].sort((a, b) => a - b);
  const ranges: { first: number; last: number }[] = [];
  for (const uid of sorted) {
    const open = ranges.at(-1);
    if (open && open.last === uid - 1) open.last = uid;
    else ranges.push({ first: uid, last: uid });
  }
  return ranges.map(({ first, last }) => (first === last ? `${first}` : `${first}:${last}`)).join(',');
};
