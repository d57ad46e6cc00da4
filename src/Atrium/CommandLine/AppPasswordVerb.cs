using System.CommandLine;
using Atrium.Contracts.Accounts;

namespace Atrium.CommandLine;

/// <summary><c>app-password add</c>: prints an app password, once.</summary>
internal sealed class AppPasswordVerb : Command
{
    public AppPasswordVerb(Option<string> data) : base("app-password", "Makes app passwords") => Add(new AddVerb(data));

    private sealed class AddVerb : HouseVerb
    {
        private readonly Argument<string> _handle = new("HANDLE") { Description = "Whose app password" };
        private readonly Option<string> _name = new("--name") { Description = "What it is for: “phone”", Required = true };

        public AddVerb(Option<string> data) : base("add", "Prints a new app password, once", data)
        {
            Add(_handle);
            Add(_name);
            Does(async (parsed, services, ct) =>
            {
                var member = await Whom.FindAsync(services, parsed.GetRequiredValue(_handle), ct);
                Console.WriteLine(await services.GetRequiredService<IMemberRegistry>().AddAppPasswordAsync(member.Id, parsed.GetRequiredValue(_name), ct));
            });
        }
    }
}
