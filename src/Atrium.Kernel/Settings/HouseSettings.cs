using System.Collections.Frozen;
using System.Globalization;
using Atrium.Kernel.Data;
using Atrium.Kernel.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Settings;

/// <summary>The house's settings: read from memory, re-read every few seconds so that all nodes agree.</summary>
public sealed class HouseSettings(IEnumerable<Setting> declared, IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Marks the statement that is nobody's in particular: whoever comes first after a while pays for it.</summary>
    public const string ReadNowAndThen = "house settings";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly FrozenDictionary<string, Setting> _declared = declared.ToFrozenDictionary(s => s.Key);
    private volatile Snapshot? _snapshot;
    private int _changes;

    public IEnumerable<Setting> Declared => _declared.Values;

    public async ValueTask<string> TextAsync(Setting setting, CancellationToken ct)
    {
        var now = clock.GetTimestamp();
        // What was read while somebody changed it may be what was before.
        var changes = Volatile.Read(ref _changes);
        if (_snapshot is not { } held || held.Changes != changes || clock.GetElapsedTime(held.ReadAt, now) > Fresh)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
            var values = await db.Settings.TagWith(ReadNowAndThen).ToDictionaryAsync(s => s.Key, s => s.Value, ct);
            _snapshot = held = new(values.ToFrozenDictionary(), now, changes);
        }

        return held.Values.GetValueOrDefault(setting.Key, setting.Default);
    }

    public async ValueTask<bool> IsOnAsync(Setting setting, CancellationToken ct) => await TextAsync(setting, ct) == "true";

    public async ValueTask<long> NumberAsync(Setting setting, CancellationToken ct) =>
        long.Parse(await TextAsync(setting, ct), CultureInfo.InvariantCulture);

    /// <summary>Changes settings by key; unknown keys and unfit values are refused and nothing is written.</summary>
    public async Task ChangeAsync(KernelDb db, Actor actor, IReadOnlyDictionary<string, string> values, CancellationToken ct)
    {
        if (!actor.IsAdministrator) throw Refusal.Forbidden();
        foreach (var (key, value) in values)
            (_declared.GetValueOrDefault(key) ?? throw Refusal.Invalid(key, "There is no such setting.")).Check(value);

        await db.WriteAsync(
            async token =>
            {
                var stored = await db.Settings.AsTracking().Where(s => values.Keys.Contains(s.Key)).ToDictionaryAsync(s => s.Key, token);
                foreach (var (key, value) in values)
                {
                    if (stored.TryGetValue(key, out var row) ? row.Value == value : _declared[key].Default == value) continue;
                    if (row is null) db.Settings.Add(row = new() { Key = key, Value = value });
                    row.Value = value;
                    row.ChangedAt = db.Now;
                    db.Record(actor, "setting.changed", details: $"{key} = {value}");
                }
            },
            ct);
        Interlocked.Increment(ref _changes);
    }

    private sealed record Snapshot(FrozenDictionary<string, string> Values, long ReadAt, int Changes);
}
