import type { ReactNode } from 'react';
import { Box, Button, Flex, Loader } from '@strapi/design-system';
import type { Loaded } from '../../hooks/use-load';
import { useText } from '../../hooks/use-text';
import { ProblemNotice } from './ProblemNotice';

interface WhenLoadedProps<Value> {
  loaded: Loaded<Value>;
  /** Shown until it is loaded, in place of the spinner. */
  waiting?: ReactNode;
  children: (value: Value) => ReactNode;
}

/** A spinner, then the content; a failure with a way to try again. When a refresh fails, the old content stays. */
export const WhenLoaded = <Value,>({ loaded, waiting, children }: WhenLoadedProps<Value>) => {
  const text = useText();
  const { value, problem, reload } = loaded;
  const failure =
    problem === null ? null : (
      <ProblemNotice
        problem={problem}
        action={
          <Button size="S" variant="tertiary" onClick={reload}>
            {text('try-again')}
          </Button>
        }
      />
    );
  if (value !== null) {
    return (
      <>
        {failure === null ? null : <Box paddingBottom={4}>{failure}</Box>}
        {children(value)}
      </>
    );
  }
  return (
    failure ??
    waiting ?? (
      <Flex justifyContent="center" padding={6}>
        <Loader small>{text('loading')}</Loader>
      </Flex>
    )
  );
};
