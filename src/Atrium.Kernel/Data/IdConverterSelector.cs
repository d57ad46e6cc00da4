using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Atrium.Kernel.Data;

/// <summary>Teaches EF every <see cref="Id{T}"/> at once: a 64-bit integer in the database.</summary>
internal sealed class IdConverterSelector(ValueConverterSelectorDependencies dependencies) : ValueConverterSelector(dependencies)
{
    public override IEnumerable<ValueConverterInfo> Select(Type modelClrType, Type? providerClrType = null)
    {
        foreach (var known in base.Select(modelClrType, providerClrType)) yield return known;

        var type = Nullable.GetUnderlyingType(modelClrType) ?? modelClrType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Id<>)) yield break;
        if (providerClrType is not null && providerClrType != typeof(long)) yield break;

        var converter = typeof(IdToLong<>).MakeGenericType(type.GenericTypeArguments[0]);
        yield return new ValueConverterInfo(type, typeof(long), _ => (ValueConverter)Activator.CreateInstance(converter)!);
    }

    private sealed class IdToLong<T>() : ValueConverter<Id<T>, long>(id => id.Value, value => new Id<T>(value));
}
