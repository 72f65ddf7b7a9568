import { clockOffsetMs } from '@orderlane/db/clock-offset';
import type { Db } from '@orderlane/db/open-db';
import { isRestored } from '@orderlane/db/restores';
import { readSchemaVersion, type SchemaVersion } from '@orderlane/db/schema-version';
import { readServerFacts, type ServerFacts } from '@orderlane/db/server-facts';
import { clockFinding } from './clock-finding.ts';
import { type Finding, note, well, wrong } from './finding.ts';

/** How the database is set up. @throws when Postgres does not answer */
export async function checkPostgres(db: Db): Promise<Finding[]> {
  const facts = await readServerFacts(db);
  return [
    well('postgres', `version ${facts.version} answers`),
    ofCommit(facts),
    ofDisk(facts),
    ofStandby(facts),
    clockFinding(
      'database_clock',
      { whose: 'the database', offsetMs: await clockOffsetMs(db) },
      1000,
    ),
  ];
}

/** Whether the database is the one that these programs expect, and may trade. */
export async function checkSchema(db: Db): Promise<{ findings: Finding[]; isUsable: boolean }> {
  const version = await readSchemaVersion(db);
  const isUsable = version.missing.length === 0;
  const findings = [ofSchema(version)];
  if (isUsable) findings.push(await ofRestore(db));
  return { findings, isUsable };
}

function ofCommit({ synchronousCommit }: ServerFacts): Finding {
  if (!['off', 'local'].includes(synchronousCommit)) {
    return well('synchronous_commit', `is ${synchronousCommit}`);
  }
  return wrong(
    'synchronous_commit',
    `is ${synchronousCommit}: a signal that was answered with 200 may be lost`,
    'Take "options" out of DATABASE_URL; of a pooler in between, let it pass startup options or set synchronous_commit = on for the role',
  );
}

function ofDisk({ fsync, fullPageWrites }: ServerFacts): Finding {
  const off = [
    ...(fsync === 'on' ? [] : ['fsync']),
    ...(fullPageWrites === 'on' ? [] : ['full_page_writes']),
  ];
  if (off.length === 0) return well('fsync', 'is on');
  return wrong(
    'fsync',
    `${off.join(' and ')} off: a power cut may destroy the database`,
    `${off.map((name) => `alter system set ${name} = on`).join('; ')}; select pg_reload_conf()`,
  );
}

function ofStandby({ isStandby, standbyNames, syncStandbys }: ServerFacts): Finding {
  if (isStandby) {
    return wrong(
      'standby',
      'DATABASE_URL leads to a standby: nothing can be written',
      'Let DATABASE_URL lead to the primary',
    );
  }
  if (standbyNames === '') {
    return note(
      'standby',
      'no standby is waited for: a lost disk loses what came after the backup',
    );
  }
  if (syncStandbys === 0) {
    return wrong(
      'standby',
      `commits wait for a standby (${standbyNames}), and none is connected: webhooks are answered 503`,
      'Start the standby, or: alter system reset synchronous_standby_names; select pg_reload_conf()',
    );
  }
  return well('standby', `commits wait for ${standbyNames}`);
}

function ofSchema({ missing, unknown }: SchemaVersion): Finding {
  if (missing.length > 0) {
    return wrong(
      'schema',
      `is older than these programs: ${missing.join(', ')}`,
      'orderlane migrate',
    );
  }
  if (unknown.length > 0) {
    return note(
      'schema',
      `is newer than these programs, which go on with it: ${unknown.join(', ')}`,
      'Nothing, after going back to the version before; else start the programs of the newer one',
    );
  }
  return well('schema', 'is that of these programs');
}

async function ofRestore(db: Db): Promise<Finding> {
  if (!(await isRestored(db))) return well('restore', 'the database is where it last traded');
  return wrong(
    'restore',
    'the database was restored, copied or failed over: nothing is sent',
    'orderlane restore shows what to compare with the broker; then orderlane restore release',
  );
}
