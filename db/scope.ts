/** What a key allows; each allows what those before it do. */
export const scopes = ["read", "write", "admin"] as const;

export type Scope = (typeof scopes)[number];
