/**
 * Who owns what the command line and the local stack make: the first administrator has this id, so
 * that it finds everything that was made before somebody signed in.
 */
export const owner = 'owner';
