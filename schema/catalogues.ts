import { casesCatalogue } from '@hub/cases/domain/errors.ts'
import { departmentsCatalogue } from '@hub/departments/domain/errors.ts'
import { gatewayCatalogue } from '@hub/gateway/errors.ts'
import { kitCatalogue } from '@hub/kit/errors.ts'
import { knowledgeCatalogue } from '@hub/knowledge/domain/errors.ts'
import { supervisionCatalogue } from '@hub/supervision/domain/errors.ts'
import type { SpokenCatalogue } from './error-list.ts'

/** Everything the hub can refuse, by who says it. */
export const catalogues: readonly SpokenCatalogue[] = [
  { title: 'Every part of the hub 通用', catalogue: kitCatalogue },
  { title: 'Gateway 网关', catalogue: gatewayCatalogue },
  { title: 'Cases 诉求工单', catalogue: casesCatalogue },
  { title: 'Departments 承办单位', catalogue: departmentsCatalogue },
  { title: 'Knowledge 知识库', catalogue: knowledgeCatalogue },
  { title: 'Supervision 督办', catalogue: supervisionCatalogue },
]
