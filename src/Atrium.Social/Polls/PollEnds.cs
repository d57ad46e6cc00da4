using Atrium.Kernel;
using Atrium.Kernel.Outbox;

namespace Atrium.Social;

/// <summary>Published when a poll is made, due when it ends.</summary>
[EventName("social.poll_ends")]
internal sealed record PollEnds(Id<Poll> Poll);
