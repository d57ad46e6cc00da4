using System.CommandLine;
using Atrium.Contracts.Accounts;

namespace Atrium.CommandLine;

/// <summary><c>token add</c>: prints a personal access token, once.</summary>
internal sealed class TokenVerb : Command
{
    public TokenVerb(Option<string> data) : base("token", "Makes personal access tokens") => Add(new AddVerb(data));

    private sealed class AddVerb : HouseVerb
    {
        private readonly Argument<string> _handle = new("HANDLE") { Description = "Whose token" };
        private readonly Option<string[]> _scopes = new("--scope") { Description = "What it may do, such as tasks:write", Required = true, AllowMultipleArgumentsPerToken = true };
        private readonly Option<string> _name = new("--name") { Description = "What it is for", DefaultValueFactory = _ => "command line" };

        public AddVerb(Option<string> data) : base("add", "Prints a new personal access token, once", data)
        {
            Add(_handle);
            Add(_scopes);
            Add(_name);
            Does(async (parsed, services, ct) =>
            {
                var member = await Whom.FindAsync(services, parsed.GetRequiredValue(_handle), ct);
                Console.WriteLine(await services.GetRequiredService<IMemberRegistry>().AddTokenAsync(member.Id, parsed.GetRequiredValue(_name), parsed.GetRequiredValue(_scopes), ct));
            });
        }
    }
}
