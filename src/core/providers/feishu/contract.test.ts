import { describeProvider } from '../testing/providerContract.ts'
import { openFeishuWorld } from './testing/openFeishuWorld.ts'

describeProvider('feishu', openFeishuWorld)
