using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Data;

/// <summary>Data Protection's keys in the database, so that all nodes of a house open what any of them sealed.</summary>
internal sealed class DatabaseKeys(IServiceScopeFactory scopes) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        return [.. scope.ServiceProvider.GetRequiredService<KernelDb>().DataKeys.OrderBy(k => k.CreatedAt).Select(k => k.Xml).ToList().Select(XElement.Parse)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>();
        var (xml, now) = (element.ToString(SaveOptions.DisableFormatting), db.Now);
        // The repository's shape leaves no room for waiting otherwise; it happens once in ninety days.
        db.Database.ExecuteSql($"INSERT INTO kernel_stored_data_key (name, xml, created_at) VALUES ({friendlyName}, {xml}, {now}) ON CONFLICT (name) DO NOTHING");
    }
}
