import type { Db } from '@hub/kit/postgres.ts'
import type DataLoader from 'dataloader'
import type {
  AmendmentRecord,
  CoordinationRecord,
  PaperRecord,
  DisputeRecord,
  InstructionRecord,
  ReferralRecord,
  RefusalRecord,
  SuspensionRecord,
  VerificationRecord,
} from '../domain/state-seldom.ts'
import type { ExtensionRecord, NoticeRecord, ReturnRecord } from '../domain/state.ts'
import {
  listAmendments,
  listCoordinations,
  listPapers,
  listDisputes,
  listExtensions,
  listInstructions,
  listMergedInto,
  listNotices,
  listReferrals,
  listRefusals,
  listReturns,
  listSuspensions,
  listVerifications,
} from '../store/seldom-records.ts'
import { many } from './batch.ts'

/** What stands beside a case or an assignment off the main road. */
export interface SeldomLoaders {
  readonly referrals: DataLoader<string, ReferralRecord[]>
  readonly refusals: DataLoader<string, RefusalRecord[]>
  readonly verifications: DataLoader<string, VerificationRecord[]>
  readonly instructions: DataLoader<string, InstructionRecord[]>
  readonly disputes: DataLoader<string, DisputeRecord[]>
  readonly suspensions: DataLoader<string, SuspensionRecord[]>
  readonly amendments: DataLoader<string, AmendmentRecord[]>
  readonly coordinations: DataLoader<string, CoordinationRecord[]>
  readonly papers: DataLoader<string, PaperRecord[]>
  readonly notices: DataLoader<string, NoticeRecord[]>
  readonly extensions: DataLoader<string, ExtensionRecord[]>
  readonly returns: DataLoader<string, ReturnRecord[]>
  /** Numbers of the cases joined to a master, whoever reaches them. */
  readonly mergedInto: DataLoader<string, { readonly number: string; readonly master: string | null }[]>
}

/** Makes these loaders for one operation. */
export function makeSeldomLoaders(db: Db): SeldomLoaders {
  const ofCase = <Row extends { readonly caseNumber: string }>(
    list: (db: Db, numbers: readonly string[]) => Promise<Row[]>,
  ): DataLoader<string, Row[]> =>
    many(
      (numbers) => list(db, numbers),
      ({ caseNumber }) => caseNumber,
    )
  const ofAssignment = <Row extends { readonly assignmentId: string }>(
    list: (db: Db, ids: readonly string[]) => Promise<Row[]>,
  ): DataLoader<string, Row[]> =>
    many(
      (ids) => list(db, ids),
      ({ assignmentId }) => assignmentId,
    )
  return {
    referrals: ofCase(listReferrals),
    refusals: ofCase(listRefusals),
    verifications: ofCase(listVerifications),
    instructions: ofCase(listInstructions),
    disputes: ofCase(listDisputes),
    suspensions: ofCase(listSuspensions),
    amendments: ofCase(listAmendments),
    coordinations: ofCase(listCoordinations),
    papers: ofCase(listPapers),
    notices: ofCase(listNotices),
    extensions: ofAssignment(listExtensions),
    returns: ofAssignment(listReturns),
    mergedInto: many(
      (masters) => listMergedInto(db, masters),
      ({ master }) => master ?? '',
    ),
  }
}
