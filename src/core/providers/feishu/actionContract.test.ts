import { describeActions } from '../testing/actionContract.ts'
import { openFeishuActionWorld } from './testing/openFeishuActionWorld.ts'

describeActions('feishu', openFeishuActionWorld)
