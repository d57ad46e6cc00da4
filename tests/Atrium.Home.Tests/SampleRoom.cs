using System.Collections.Concurrent;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Home.Tests;

/// <summary>A room whose things live in memory: what the others of the house look like to Home.</summary>
public sealed class SampleRoom : IModule
{
    public const string Told = "sample.told";
    public const string Bundled = "sample.bundled";
    public const string Mailed = "sample.mailed";
    public const string Rung = "sample.rung";
    public const string Daily = "sample.daily";
    public const string Away = "sample.away";
    public const string Stern = "sample.stern";

    public string Name => "sample";

    public void Register(ModuleBuilder module)
    {
        module.Services.AddSingleton<SampleState>();
        module.Notification(Told, "Something happened", "you asked for it", Channels.Inbox)
            .Notification(Bundled, "Much happened", "you asked for it", Channels.Inbox, TimeSpan.FromHours(1))
            .Notification(Mailed, "Something to read", "you asked for it", Channels.Inbox | Channels.Mail)
            .Notification(Rung, "Something to hear", "you asked for it", Channels.Inbox | Channels.Push)
            .Notification(Daily, "Something for the morning", "you asked for it", Channels.Inbox | Channels.Mail, mail: MailTiming.Daily)
            .Notification(Away, "Something for the absent", "you asked for it", Channels.Inbox | Channels.Mail, mail: MailTiming.Away)
            .Notification(Stern, "Something nobody can refuse", "it concerns you", Channels.Inbox, always: Channels.Mail);
        module.Things<SampleThings>().Moderation<SampleModeration>().PersonalExport<SampleExport>().Agenda<SampleAgenda>();
    }

    public void Map(IEndpointRouteBuilder app) { }
}

/// <summary>What there is in the sample room.</summary>
public sealed class SampleState
{
    public ConcurrentDictionary<long, ThingCard> Cards { get; } = new();

    public ConcurrentDictionary<Thing, bool> Hidden { get; } = new();

    public ConcurrentDictionary<Id<Member>, AgendaEntry> Dates { get; } = new();

    /// <summary>Bytes that nothing makes smaller, in a member's export.</summary>
    public ConcurrentDictionary<Id<Member>, long> Films { get; } = new();

    public Thing Add(string title, Audience audience, Id<Member>? by = null)
    {
        var thing = new Thing("sample", Id<ThingCard>.New().Value);
        Cards[thing.Key] = new(thing, "sample", title, null, $"/sample/{thing.Key}", null, audience, by);
        return thing;
    }
}

internal sealed class SampleThings(SampleState state) : IThingSource
{
    public string Kind => "sample";

    public Task<IReadOnlyDictionary<long, ThingCard>> CardsAsync(IReadOnlyCollection<long> keys, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<long, ThingCard>>(keys.Where(state.Cards.ContainsKey).ToDictionary(k => k, k => state.Cards[k]));

    public Task<Thing?> AtAsync(string path, CancellationToken ct) => Task.FromResult(state.Cards.Values.Where(c => c.Href == path).Select(c => (Thing?)c.Thing).FirstOrDefault());
}

internal sealed class SampleModeration(SampleState state) : IModerationSubject
{
    public string Kind => "sample";

    public Task SetHiddenAsync(Thing thing, bool hidden, string reason, CancellationToken ct)
    {
        state.Hidden[thing] = hidden;
        return Task.CompletedTask;
    }
}

internal sealed class SampleExport(SampleState state) : IPersonalExport
{
    public string Folder => "sample";

    public async Task WriteAsync(Id<Member> member, IExportFolder folder, CancellationToken ct)
    {
        await folder.AddJsonAsync("mine.json", new { Member = member, Words = "all of them" }, ct);
        if (state.Films.TryGetValue(member, out var length)) await folder.AddAsync("film.bin", new Noise(length), ct);
        await folder.AddAsync("../../escape.txt", new MemoryStream("held in"u8.ToArray()), ct);
    }
}

internal sealed class SampleAgenda(SampleState state) : IAgendaSource
{
    public Task<IReadOnlyList<AgendaEntry>> BetweenAsync(Actor actor, DateTimeOffset from, DateTimeOffset to, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<AgendaEntry>>(actor.MemberId is { } me && state.Dates.TryGetValue(me, out var entry) && entry.At >= from && entry.At < to ? [entry] : []);
}
