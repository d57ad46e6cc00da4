using System.CommandLine;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;

namespace Atrium.CommandLine;

/// <summary><c>user list</c>: everybody, newest first, one a line: handle, role, state, address, name.</summary>
internal sealed class ListUsersVerb : HouseVerb
{
    private readonly Argument<string?> _text = new("TEXT") { Description = "The beginning of a handle, a name or an address", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _state = new("--state") { Description = "Only those who stand so" };
    private readonly Option<string?> _role = new("--role") { Description = "Only those of a role" };

    public ListUsersVerb(Option<string> data) : base("list", "Lists members, newest first: handle, role, state, address, name", data)
    {
        _state.AcceptOnlyFromAmong([.. Enum.GetValues<AccountState>().Select(Word)]);
        _role.AcceptOnlyFromAmong([.. Enum.GetValues<Role>().Select(Word)]);
        Add(_text);
        Add(_state);
        Add(_role);
        Does(async (parsed, services, ct) =>
        {
            var people = services.GetRequiredService<IMemberAdministration>();
            var filter = new MemberFilter(parsed.GetValue(_text), Named<AccountState>(parsed.GetValue(_state)), Named<Role>(parsed.GetValue(_role)));
            string? cursor = null;
            do
            {
                var slice = await people.ListAsync(filter, new(Page.Largest, cursor), Actor.System, ct);
                foreach (var member in slice.Items)
                    Console.WriteLine($"@{member.Handle,-24} {Word(member.Role),-14} {Word(member.State),-12} {member.Email,-32} {member.Name}".TrimEnd());
                cursor = slice.Next;
            }
            while (cursor is not null);
        });
    }

    private static T? Named<T>(string? word) where T : struct, Enum => word is null ? null : Enum.Parse<T>(word, ignoreCase: true);

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
