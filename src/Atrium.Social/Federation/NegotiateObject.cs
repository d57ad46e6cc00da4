using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Atrium.Social;

/// <summary>Leads who asks a page's address for ActivityPub to the object behind it.</summary>
internal sealed class NegotiateObject : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            if (context.Request.Path.Value is ['/', '@', ..])
            {
                context.Response.Headers.Append("Vary", "Accept");
                if (HttpMethods.IsGet(context.Request.Method) && Ap.Wanted(context.Request) && FederationRoutes.ObjectOf(context.Request.Path) is { } path) context.Request.Path = path;
            }

            return following(context);
        });
        next(app);
    };
}
