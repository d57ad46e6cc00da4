using System.Text;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Atrium.Accounts.OAuth.Mastodon;

/// <summary>
/// Some apps send JSON or multipart to the token endpoint, which takes forms alone (RFC 6749, 3.2): they are made forms before anything else
/// reads them.
/// </summary>
internal sealed class TokenBodies : IStartupFilter
{
    private const int Largest = 64 * 1024;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, following) =>
        {
            var request = context.Request;
            var concerned = HttpMethods.IsPost(request.Method) && (request.Path.StartsWithSegments("/oauth/token") || request.Path.StartsWithSegments("/oauth/revoke"))
                && (request.HasJsonContentType() || request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true);
            if (concerned && request.ContentLength is null or <= Largest) await MakeFormAsync(request, context.RequestAborted);
            await following(context);
        });
        next(app);
    };

    private static async Task MakeFormAsync(HttpRequest request, CancellationToken ct)
    {
        LooseParameters sent;
        try
        {
            sent = await LooseParameters.ReadAsync(request, ct);
        }
        catch (Refusal)
        {
            sent = LooseParameters.Empty;
        }

        var form = string.Join('&', sent.Names.Where(n => !request.Query.ContainsKey(n)).Select(n => (Name: n, Value: sent.Text(n) ?? string.Join(' ', sent.List(n))))
            .Select(p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value)}"));
        var bytes = Encoding.UTF8.GetBytes(form);
        request.Body = new MemoryStream(bytes);
        request.ContentType = "application/x-www-form-urlencoded";
        request.ContentLength = bytes.Length;
        request.HttpContext.Features.Set<Microsoft.AspNetCore.Http.Features.IFormFeature>(null);
    }
}
