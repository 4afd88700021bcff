using System.ComponentModel;
using System.Reflection;

namespace CallMyWay.LocalHost.Settings;

/// <summary>
/// What is read at a name of the settings. The binder passes over whatever it does not look for, such as a mistyped
/// name: a shape finds it.
/// </summary>
internal abstract record SettingShape
{
    private SettingShape()
    {
    }

    /// <summary>The shape of what the binder makes an object of.</summary>
    /// <param name="type">A class with a property for each name, a list, or what is made of one text.</param>
    /// <param name="listsInOneText">The names of lists that may also be given as one text.</param>
    public static SettingShape Of(Type type, params IReadOnlyCollection<string> listsInOneText)
    {
        if (TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string)))
        {
            return new Text();
        }

        if (type.IsGenericType)
        {
            return new List(Of(type.GenericTypeArguments[0], listsInOneText), IsAlsoText: false);
        }

        var names = new Dictionary<string, SettingShape>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var shape = Of(property.PropertyType, listsInOneText);
            names[property.Name] = shape is List list && listsInOneText.Contains(property.Name)
                ? list with { IsAlsoText = true }
                : shape;
        }

        return new Section(names);
    }

    /// <summary>What is given and has no effect.</summary>
    public abstract IEnumerable<SettingFault> FaultsOf(IConfigurationSection given);

    /// <summary>A text, whatever is made of it.</summary>
    public sealed record Text : SettingShape
    {
        public override IEnumerable<SettingFault> FaultsOf(IConfigurationSection given) =>
            given.GetChildren().Take(1).Select(child => SettingFault.Unknown(child.Path, given.Path));
    }

    /// <summary>What others read, by names of their own.</summary>
    public sealed record Free : SettingShape
    {
        public override IEnumerable<SettingFault> FaultsOf(IConfigurationSection given) => [];
    }

    /// <summary>Entries of one shape. The binder takes whatever name an entry has for its number.</summary>
    public sealed record List(SettingShape Entry, bool IsAlsoText) : SettingShape
    {
        public override IEnumerable<SettingFault> FaultsOf(IConfigurationSection given)
        {
            var entries = given.GetChildren().ToList();
            var hasText = !string.IsNullOrEmpty(given.Value) && !IsAlsoText;
            return hasText || (Entry is Section && entries.Exists(entry => !string.IsNullOrEmpty(entry.Value)))
                ? [new(given.Path, $"{given.Path} is a list, whose first entry is {given.Path}:0")]
                : entries.SelectMany(Entry.FaultsOf);
        }
    }

    /// <summary>Settings with names of their own.</summary>
    public sealed record Section(IReadOnlyDictionary<string, SettingShape> Names) : SettingShape
    {
        public override IEnumerable<SettingFault> FaultsOf(IConfigurationSection given)
        {
            if (!string.IsNullOrEmpty(given.Value))
            {
                yield return new(given.Path, $"{given.Path} is no setting, but the beginning of the names of some");
            }

            foreach (var child in given.GetChildren())
            {
                var faults = Names.TryGetValue(child.Key, out var shape)
                    ? shape.FaultsOf(child)
                    : [SettingFault.Unknown(
                        child.Path, NearName.Of(child.Key, Names.Keys) is { } near ? $"{given.Path}:{near}" : null)];
                foreach (var fault in faults)
                {
                    yield return fault;
                }
            }
        }
    }
}

/// <summary>Something in the settings that has no effect.</summary>
/// <param name="Path">Its name, as far as it is known and one part more.</param>
/// <param name="Why">What is wrong, without a stop at its end.</param>
/// <param name="IsUnknown">True where there is no such name.</param>
/// <param name="Nearest">The name that may be meant instead; null where none is like it.</param>
internal sealed record SettingFault(string Path, string Why, bool IsUnknown = false, string? Nearest = null)
{
    public static SettingFault Unknown(string path, string? nearest) => new(
        path,
        $"{path} is no setting that the host knows{(nearest is null ? "" : $"; the nearest one is {nearest}")}",
        IsUnknown: true,
        nearest);
}
