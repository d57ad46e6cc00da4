using Atrium.Kernel;
using Atrium.Kernel.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Contracts.Home;

/// <summary>A card on a member's dashboard: a component and its parameters.</summary>
public sealed record DashboardContent(Type Component, IReadOnlyDictionary<string, object?> Parameters);

/// <summary>Brings a card to the dashboard.</summary>
public interface IDashboardCard
{
    string Room { get; }

    int Order { get; }

    /// <summary>Null when there is nothing to say to this member.</summary>
    Task<DashboardContent?> LoadAsync(Actor actor, CancellationToken ct);
}

/// <summary>Something of a member's with a date.</summary>
/// <param name="At">The instant; for a whole day, its local midnight in the member's zone.</param>
public sealed record AgendaEntry(Thing Thing, string Room, string Title, string? Note, string Href, DateTimeOffset At, bool AllDay);

/// <summary>What a module knows of a member's dates (the IAgenda door, answered by many).</summary>
public interface IAgendaSource
{
    Task<IReadOnlyList<AgendaEntry>> BetweenAsync(Actor actor, DateTimeOffset from, DateTimeOffset to, CancellationToken ct);
}

/// <summary>How a module's rail link shows that something waits there.</summary>
public interface IRoomCount
{
    string Room { get; }

    Task<int> CountAsync(Actor actor, CancellationToken ct);
}

/// <summary>Writes what is a member's into their export.</summary>
public interface IPersonalExport
{
    /// <summary>The folder in the archive.</summary>
    string Folder { get; }

    Task WriteAsync(Id<Member> member, IExportFolder folder, CancellationToken ct);
}

/// <summary>A folder of an export archive under way.</summary>
public interface IExportFolder
{
    Task AddJsonAsync<T>(string name, T value, CancellationToken ct);

    Task AddAsync(string name, Stream content, CancellationToken ct);
}

/// <summary>What moderators can do with things of one kind.</summary>
public interface IModerationSubject
{
    string Kind { get; }

    /// <summary>Hides a thing from all but its owner and moderators, or shows it again. Idempotent.</summary>
    Task SetHiddenAsync(Thing thing, bool hidden, string reason, CancellationToken ct);

    /// <summary>What else can be done about things of this kind.</summary>
    IReadOnlyList<ModerationMeasure> Measures => [];

    /// <summary>Takes one of <see cref="Measures"/>, or takes it back so that everything is as it was before. Idempotent.</summary>
    Task SetMeasureAsync(Thing thing, string measure, bool stands, string reason, CancellationToken ct) => Task.CompletedTask;

    /// <summary>What a moderator has to know beside the title: the words, what was answered, what else was reported.</summary>
    Task<IReadOnlyList<ModerationContext>> ContextAsync(Thing thing, CancellationToken ct) => Task.FromResult<IReadOnlyList<ModerationContext>>([]);
}

/// <summary>Something moderators can do about a thing beside hiding it, and take back.</summary>
/// <param name="Key">One lower-case word: <c>limit</c>.</param>
/// <param name="Verb">On the button: “Limit”.</param>
/// <param name="Done">As its owner reads it: “Moderators limited your account”.</param>
/// <param name="Hint">What it does, in one sentence.</param>
public sealed record ModerationMeasure(string Key, string Verb, string Done, string Hint);

/// <param name="Label">What it is: “The post”, “It answers”.</param>
/// <param name="Text">Plain words.</param>
public sealed record ModerationContext(string Label, string Text, string? Href = null, DateTimeOffset? At = null);

/// <summary>Fills an empty house with a lively community.</summary>
public interface IDemoData
{
    /// <summary>Members first (0), then rooms.</summary>
    int Order { get; }

    Task FillAsync(CancellationToken ct);
}

public static class ContributionRegistration
{
    public static ModuleBuilder DashboardCard<T>(this ModuleBuilder module) where T : class, IDashboardCard => module.Add<IDashboardCard, T>();

    public static ModuleBuilder Agenda<T>(this ModuleBuilder module) where T : class, IAgendaSource => module.Add<IAgendaSource, T>();

    public static ModuleBuilder RoomCount<T>(this ModuleBuilder module) where T : class, IRoomCount => module.Add<IRoomCount, T>();

    public static ModuleBuilder PersonalExport<T>(this ModuleBuilder module) where T : class, IPersonalExport => module.Add<IPersonalExport, T>();

    public static ModuleBuilder Moderation<T>(this ModuleBuilder module) where T : class, IModerationSubject => module.Add<IModerationSubject, T>();

    public static ModuleBuilder Demo<T>(this ModuleBuilder module) where T : class, IDemoData => module.Add<IDemoData, T>();

    public static ModuleBuilder Importer<T>(this ModuleBuilder module) where T : class, IImporter => module.Add<IImporter, T>();

    private static ModuleBuilder Add<TPoint, T>(this ModuleBuilder module) where TPoint : class where T : class, TPoint
    {
        module.Services.AddScoped<TPoint, T>();
        return module;
    }
}
