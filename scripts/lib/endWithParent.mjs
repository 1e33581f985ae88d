// Loaded into every child before its own code: when the parent is gone, however it went, the child goes too.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
// The channel alone must not keep a program alive that has ended its work.
process.channel?.unref()
