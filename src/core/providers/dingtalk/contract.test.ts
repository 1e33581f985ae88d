import { describeProvider } from '../testing/providerContract.ts'
import { openDingtalkWorld } from './testing/openDingtalkWorld.ts'

describeProvider('dingtalk', () => openDingtalkWorld())
