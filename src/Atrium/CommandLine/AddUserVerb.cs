using System.CommandLine;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;

namespace Atrium.CommandLine;

/// <summary><c>user add HANDLE</c>: makes a confirmed member.</summary>
internal sealed class AddUserVerb : HouseVerb
{
    private readonly Argument<string> _handle = new("HANDLE") { Description = "Lower-case letters, digits and _, for ever" };
    private readonly Option<string> _email = new("--email") { Description = "Address for sign-in and mail", Required = true };
    private readonly Option<string> _password = new("--password") { Description = "At least 10 characters", Required = true };
    private readonly Option<string?> _name = new("--name") { Description = "Display name; the handle unless given" };
    private readonly Option<bool> _admin = new("--admin") { Description = "Makes an administrator" };

    public AddUserVerb(Option<string> data) : base("add", "Makes a confirmed member", data)
    {
        Add(_handle);
        Add(_email);
        Add(_password);
        Add(_name);
        Add(_admin);
        Does(async (parsed, services, ct) =>
        {
            var handle = parsed.GetRequiredValue(_handle);
            var id = await services.GetRequiredService<IMemberRegistry>().AddAsync(
                new(handle, parsed.GetRequiredValue(_email), parsed.GetRequiredValue(_password), parsed.GetValue(_name) ?? handle, parsed.GetValue(_admin) ? Role.Administrator : Role.Member), ct);
            Console.WriteLine($"Made @{handle} ({id}).");
        });
    }
}
