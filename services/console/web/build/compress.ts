import { readdir, readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);
const worthwhile = /\.(?:js|css|svg)$/;

/** Beside each file a compressed one, made once instead of for each browser. */
export async function compressFolder(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => worthwhile.test(name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(`${folder}/${name}`);
      await writeFile(`${folder}/${name}.br`, await compress(bytes, { params }));
    }),
  );
}
