import type { ReactNode } from 'react';
import { Typography } from '@strapi/design-system';
import type { Problem } from '../../api/problem';
import { useText, type Text } from '../../hooks/use-text';
import { Notice } from './Notice';

/** Cause and next step of a failure, in the server's words or, if it gave none, in the panel's. */
export const problemWords = (problem: Problem, text: Text): { message: string; nextStep: string } =>
  problem.kind === 'told'
    ? problem
    : {
        message: text(`problem.${problem.reason}`),
        nextStep: text(`problem.${problem.reason}.next-step`),
      };

const ServerWords = ({ code, detail }: { code: string; detail: string }) => {
  const text = useText();
  return (
    <Typography variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>
      {detail === '' ? text('problem.code', { code }) : text('problem.code-and-detail', { code, detail })}
    </Typography>
  );
};

interface ProblemNoticeProps {
  problem: Problem;
  action?: ReactNode;
}

/** S39: what failed, why, and what to do next. */
export const ProblemNotice = ({ problem, action }: ProblemNoticeProps) => {
  const { message, nextStep } = problemWords(problem, useText());
  return (
    <Notice tone="danger" title={message} action={action}>
      <Typography textColor="neutral800">{nextStep}</Typography>
      {problem.kind === 'told' ? <ServerWords code={problem.code} detail={problem.detail} /> : null}
    </Notice>
  );
};
