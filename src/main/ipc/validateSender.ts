import { isAppUrl } from '../window/resolveAppFile.ts'

/** What is looked at of the frame that speaks; a part of Electron's `WebFrameMain`. */
export interface SenderFrame {
  readonly url: string
  readonly origin: string
  readonly frameTreeNodeId: number
  readonly parent: unknown
}

/** What is looked at of a message; a part of Electron's `IpcMainInvokeEvent`. */
export interface SenderEvent {
  /** Null once the frame has navigated away or died. */
  readonly senderFrame: SenderFrame | null
  readonly sender: {
    readonly id: number
    readonly mainFrame: { readonly frameTreeNodeId: number }
  }
}

/**
 * Whether a message comes from the top frame of one of our own windows while it shows one of our own pages.
 * Everything doubtful is refused: a frame that is gone, a sub-frame, another origin, even a question that throws.
 * @param ownsWebContents whether we opened the window with this id
 */
export function validateSender(event: SenderEvent, ownsWebContents: (id: number) => boolean): boolean {
  try {
    const { senderFrame: frame, sender } = event
    if (frame === null || !ownsWebContents(sender.id)) return false
    if (frame.parent !== null || frame.frameTreeNodeId !== sender.mainFrame.frameTreeNodeId) return false
    // A page cut off from its origin (sandboxed) keeps its address; its origin is then the word null.
    return frame.origin !== 'null' && isAppUrl(frame.url)
  } catch {
    // A frame may be disposed between two looks at it.
    return false
  }
}
