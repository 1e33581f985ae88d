import { describeProvider } from '../testing/providerContract.ts'
import { openWecomWorld } from './testing/openWecomWorld.ts'

describeProvider('wecom', openWecomWorld)
