// The sections of a profile in the order of a reader's questions; those of which nothing is known are not there.

import { describeFailure, describeTimeline } from '../words/index.js';
import { counterSection } from './counters.js';
import { cudaSection, deviceSection, gapSection } from './cuda.js';
import { callSection, copySection, kernelSection, rangeSection } from './kernels.js';
import { nodeSection, operatorSection } from './operators.js';
import { phaseSection } from './phases.js';
import { type Block, note, type ProfileSection } from './section.js';
import { spikeSection } from './spikes.js';
import { type ProfileView, runsOnCuda } from './view.js';
import { warningNotes } from './warnings.js';

/** Codes that belong to the timeline. */
const ofTimeline = ['trace-capped'];

/** @param top rows of a table */
export function profileSections(view: ProfileView, top: number): ProfileSection[] {
  const { phases, operators, spikes, counters, cuda } = view.profile;
  const traced = cuda?.processes.some(({ hijacked }) => !hijacked) ? cuda : null;
  return [
    phaseSection(phases),
    operatorSection(operators, top),
    nodeSection(operators, top),
    spikeSection(spikes, top),
    counterSection(counters, top),
    cudaSection(cuda, runsOnCuda(view), top),
    traced && kernelSection(traced, top),
    traced && gapSection(traced),
    traced && rangeSection(traced, top),
    traced && copySection(traced),
    traced && callSection(traced, top),
    cuda && deviceSection(cuda),
    timelineSection(view),
  ].filter((section) => section !== null);
}

/** Above the sections: where it broke off, and the warnings that belong to none of them. */
export function leadNotes({ profile }: ProfileView): Block[] {
  const failure = profile.failure && describeFailure(profile.failure);
  return [
    ...(failure ? note(failureText(failure), 'fail', failure.advice) : []),
    ...warningNotes(profile.warnings.filter(({ code }) => !ofTimeline.includes(code))),
  ];
}

function timelineSection({ profile: { trace, warnings } }: ProfileView): ProfileSection | null {
  if (!trace) return null;
  const told = warnings.filter(({ code }) => ofTimeline.includes(code));
  return { id: 'timeline', blocks: [...note(describeTimeline(trace)), ...warningNotes(told)] };
}

/** With the message as it was raised, where the sentence does not say it already. */
function failureText({ text, detail }: ReturnType<typeof describeFailure>): string {
  return text.toLowerCase().includes(detail.toLowerCase().replace(/\.$/, '')) ? text : `${text} ${detail}`;
}
