using System.CommandLine;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;

namespace Atrium.CommandLine;

/// <summary>A verb that changes where one member stands, by the same use case as the pages of administration.</summary>
internal sealed class StandingVerb : HouseVerb
{
    private readonly Argument<string> _handle = new("HANDLE") { Description = "Whom it concerns" };
    private Option<string?>? _reason;

    public StandingVerb(string name, string description, string done, Option<string> data, Func<IMemberAdministration, MemberRecord, string?, Actor, CancellationToken, Task> change)
        : base(name, description, data)
    {
        Add(_handle);
        Does(async (parsed, services, ct) =>
        {
            var people = services.GetRequiredService<IMemberAdministration>();
            var member = await people.NamedAsync(parsed.GetRequiredValue(_handle), Actor.System, ct);
            await change(people, member, _reason is null ? null : parsed.GetValue(_reason), Actor.System, ct);
            Console.WriteLine($"@{member.Handle} {done}.");
        });
    }

    public static StandingVerb WithReason(
        string name, string description, string done, Option<string> data, Func<IMemberAdministration, MemberRecord, string?, Actor, CancellationToken, Task> change)
    {
        var verb = new StandingVerb(name, description, done, data, change) { _reason = new("--reason") { Description = "Told to those who run the house" } };
        verb.Add(verb._reason);
        return verb;
    }
}
