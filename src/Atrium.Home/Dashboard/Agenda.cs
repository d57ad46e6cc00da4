using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.Extensions.Logging;

namespace Atrium.Home;

/// <summary>Everything of a member's with a date, from every room that keeps dates.</summary>
internal sealed partial class Agenda(IEnumerable<IAgendaSource> sources, ILogger<Agenda> log)
{
    /// <summary>By time; a room that stumbles is left out, so that the others are still seen.</summary>
    public async Task<IReadOnlyList<AgendaEntry>> BetweenAsync(Actor actor, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var entries = new List<AgendaEntry>();
        foreach (var source in sources)
        {
            try
            {
                entries.AddRange(await source.BetweenAsync(actor, from, to, ct));
            }
            catch (Exception e) when (e is not (OperationCanceledException or Refusal))
            {
                LogStumbled(e, source.GetType().Name);
            }
        }

        return [.. entries.OrderBy(e => e.At).ThenBy(e => e.AllDay ? 0 : 1).ThenBy(e => e.Title, StringComparer.Ordinal)];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The agenda source {Source} stumbled")]
    private partial void LogStumbled(Exception e, string source);
}
