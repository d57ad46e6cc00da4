using Atrium.Testing;

[assembly: AssemblyFixture(typeof(Atrium.Accounts.Tests.OAuth.CredentialHouse))]

namespace Atrium.Accounts.Tests.OAuth;

/// <summary>A house with a room that only says who called, and a clock that tests can put forward by minutes.</summary>
public sealed class CredentialHouse() : TestHouse(new ProbeModule())
{
    private readonly ShiftedClock _clock = new();

    protected override TimeProvider Clock => _clock;

    /// <summary>Tests share the clock: only ever a few minutes in all, so that what others hold stays good.</summary>
    public void Forward(TimeSpan by) => _clock.Forward(by);

    private sealed class ShiftedClock : TimeProvider
    {
        private long _ahead;

        public void Forward(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));
    }
}
