/** Until people sign in, everything belongs to the one who runs the command line. */
export const owner = 'owner';
