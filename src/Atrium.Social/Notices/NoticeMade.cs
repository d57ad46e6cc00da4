using Atrium.Kernel;
using Atrium.Kernel.Outbox;

namespace Atrium.Social;

/// <summary>An account was told something: apps with a push subscription are next.</summary>
[EventName("social.notice_made")]
internal sealed record NoticeMade(Id<Notice> Notice);
