import { describeActions } from '../testing/actionContract.ts'
import { openWecomActionWorld } from './testing/openWecomActionWorld.ts'

describeActions('wecom', openWecomActionWorld)
