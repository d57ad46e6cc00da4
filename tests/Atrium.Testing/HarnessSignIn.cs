using System.Security.Claims;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Atrium.Testing;

/// <summary>
/// Signs a caller in by a cookie that only the harness understands, so that a module's tests need not walk through the sign-in page.
/// Real credentials, where a request carries them, win. Also answers how many SQL statements a request cost.
/// </summary>
internal sealed class HarnessSignIn : IStartupFilter
{
    public const string Cookie = "harness";
    public const string Statements = "X-Harness-Statements";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, following) =>
        {
            if (context.Request.Cookies[Cookie] is { } who) context.User = Read(Uri.UnescapeDataString(who));
            var count = StatementCounter.Begin();
            context.Response.OnStarting(() =>
            {
                context.Response.Headers[Statements] = count.Value.ToString();
                return Task.CompletedTask;
            });
            await following(context);
        });
        next(app);
    };

    public static string Write(Facts person, IReadOnlyCollection<string>? scopes) => Uri.EscapeDataString(string.Join('|',
        person.Id, person.Handle, person.Role, person.TimeZone, person.Culture, scopes is null ? "*" : string.Join(' ', scopes.Append(AtriumClaims.NoScope))));

    internal sealed record Facts(Kernel.Id<Kernel.Member> Id, string Handle, Kernel.Role Role, string TimeZone, string Culture);

    private static ClaimsPrincipal Read(string text)
    {
        var parts = text.Split('|');
        var claims = new List<Claim>
        {
            new(AtriumClaims.Subject, parts[0]), new(AtriumClaims.Handle, parts[1]), new(AtriumClaims.Role, parts[2]),
            new(AtriumClaims.TimeZone, parts[3]), new(AtriumClaims.Culture, parts[4]),
        };
        if (parts[5] != "*") claims.AddRange(parts[5].Split(' ').Select(s => new Claim(AtriumClaims.Scope, s)));
        return new(new ClaimsIdentity(claims, "Harness", AtriumClaims.Handle, AtriumClaims.Role));
    }
}
