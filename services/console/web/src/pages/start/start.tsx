import { Button, Stepper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { accountsQuery, strategiesQuery, strategyQuery } from '../../api/queries.ts';
import { useMay } from '../../api/use-may.ts';
import { Asked, Nothing } from '../../parts/asked.tsx';
import { GoButton } from '../../parts/go.tsx';
import { Page } from '../../parts/page.tsx';
import { NewAccountForm } from '../accounts/new-account.tsx';
import { Mappings } from '../strategy/mappings.tsx';
import { NewStrategyForm } from '../strategy/new-strategy.tsx';
import { TestSignal } from '../strategy/test-signal.tsx';

/** From nothing to a first order: an account, a strategy, its symbols, a signal. */
export function Start() {
  const accounts = useQuery({ ...accountsQuery, refetchOnWindowFocus: false });
  const strategies = useQuery({ ...strategiesQuery, refetchOnWindowFocus: false });
  const { trade } = useMay();
  return (
    <Page title="First steps">
      {trade ? (
        <Asked query={accounts}>
          {(known) => (
            <Asked query={strategies}>
              {(made) => (
                <Steps hasAccount={known.length > 0} strategyId={made.at(-1)?.id ?? null} />
              )}
            </Asked>
          )}
        </Asked>
      ) : (
        <Nothing title="A trader or an administrator sets this up" />
      )}
    </Page>
  );
}

interface StepsProps {
  hasAccount: boolean;
  strategyId: number | null;
}

function Steps({ hasAccount, strategyId }: StepsProps) {
  const [made, setMade] = useState(strategyId);
  const begun = hasAccount ? 1 : 0;
  const [step, setStep] = useState(made === null ? begun : 2);
  return (
    <Stepper active={step} onStepClick={setStep} size="sm">
      <Stepper.Step label="Account" description="Where orders go">
        <NewAccountForm done={() => setStep(1)} />
      </Stepper.Step>
      <Stepper.Step label="Strategy" description="What is traded when" allowStepSelect={hasAccount}>
        <NewStrategyForm
          done={({ id }) => {
            setMade(id);
            setStep(2);
          }}
        />
      </Stepper.Step>
      <Stepper.Step label="Symbols" description="Which ones" allowStepSelect={made !== null}>
        {made !== null && <SymbolsStep id={made} next={() => setStep(3)} />}
      </Stepper.Step>
      <Stepper.Step label="Signal" description="The first one" allowStepSelect={made !== null}>
        {made !== null && <SignalStep id={made} />}
      </Stepper.Step>
    </Stepper>
  );
}

function SymbolsStep({ id, next }: { id: number; next: () => void }) {
  const query = useQuery(strategyQuery(String(id)));
  return (
    <Asked query={query}>
      {(strategy) => (
        <>
          <Mappings strategy={strategy} />
          {strategy.mappings.length > 0 && <Button onClick={next}>On to the first signal</Button>}
        </>
      )}
    </Asked>
  );
}

function SignalStep({ id }: { id: number }) {
  const query = useQuery(strategyQuery(String(id)));
  return (
    <Asked query={query}>
      {(strategy) => (
        <>
          <TestSignal strategy={strategy} />
          <GoButton to={`/strategy/${id}`} variant="default" mt="md">
            To the webhook and the message for your sender
          </GoButton>
        </>
      )}
    </Asked>
  );
}
