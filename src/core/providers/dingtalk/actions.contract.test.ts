import { describeActions } from '../testing/actionContract.ts'
import { openDingtalkActionWorld } from './testing/openDingtalkActionWorld.ts'

describeActions('dingtalk', openDingtalkActionWorld)
