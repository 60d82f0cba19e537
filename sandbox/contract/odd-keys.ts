/** Keys that a store, a client or a path in between may spoil. */
export const oddKeys: readonly (readonly [name: string, key: string])[] = [
  ["spaces", " a  b "],
  ["a plus", "a+b"],
  ["a percent sign", "100%"],
  ["what looks encoded", "a%20b%2Fc"],
  ["a question mark and a hash", "what?#this"],
  ["an ampersand, quotes and angle brackets", `a&b<c>"d'e`],
  ["accents and emoji", "köprü/☸/🚢"],
  ["a combining accent", "e\u0301"],
  ["a leading slash", "/a"],
  ["doubled and trailing slashes", "a//b/"],
  ["dot segments", "a/../b/./c"],
  ["SigV4's unreserved and reserved characters", "-._~!*'();:@=,$[]{}|^`\\"],
  ["a line feed and a tab", "a\nb\tc"],
  ["1024 bytes", "k".repeat(1024)],
  ["1024 bytes of emoji", "🚢".repeat(256)],
];
