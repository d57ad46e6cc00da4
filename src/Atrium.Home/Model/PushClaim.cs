using Atrium.Kernel;

namespace Atrium.Home;

/// <summary>A browser rings for a notice, or rang: the row is taken before anything is sent, so that none rings twice.</summary>
internal sealed class PushClaim
{
    public Id<Notice> NoticeId { get; init; }

    public Id<PushDevice> PushId { get; init; }

    /// <summary>How often it was sent: more than once only where the push server asked for that.</summary>
    public int Attempts { get; init; }

    public DateTimeOffset At { get; init; }
}
