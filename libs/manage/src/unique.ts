/** Turns the database's "there is one already" into an error of ours; others pass. */
export async function refuseSecond<T>(insert: Promise<T>, refusal: Error): Promise<T> {
  try {
    return await insert;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === '23505') throw refusal;
    throw error;
  }
}
