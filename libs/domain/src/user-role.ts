/** What a signed-in person may do at the most; each role may do what those after it may. */
export const userRoles = ['admin', 'trader', 'viewer'] as const;
export type UserRole = (typeof userRoles)[number];

/**
 * What a call needs: to look, to change what its own tenant has, to change what belongs to all.
 * API keys have these as their scopes.
 */
export const accessLevels = ['read', 'trade', 'admin'] as const;
export type AccessLevel = (typeof accessLevels)[number];

const levelsOf: Record<UserRole, readonly AccessLevel[]> = {
  admin: ['read', 'trade', 'admin'],
  trader: ['read', 'trade'],
  viewer: ['read'],
};

/**
 * Whether a role is enough; an API key is enough only if one of its scopes is, too: a scope allows
 * what the levels before it do.
 * @param scopes null where a person is signed in
 */
export function mayAccess(
  level: AccessLevel,
  { role, scopes }: { role: UserRole; scopes: readonly AccessLevel[] | null },
): boolean {
  if (!levelsOf[role].includes(level)) return false;
  const needed = accessLevels.indexOf(level);
  return scopes === null || scopes.some((scope) => accessLevels.indexOf(scope) >= needed);
}
