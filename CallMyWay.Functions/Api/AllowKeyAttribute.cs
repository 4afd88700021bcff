namespace CallMyWay.Functions.Api;

/// <summary>What an API key may be used for.</summary>
public enum KeyScope
{
    /// <summary>To get tokens for agents who work in another application's page.</summary>
    Embed = 1,

    /// <summary>To read and write contacts.</summary>
    Contacts = 2,

    /// <summary>To read calls.</summary>
    Calls = 3,

    /// <summary>To read what other applications are told.</summary>
    Events = 4,

    /// <summary>To read what works and what does not.</summary>
    Status = 5,
}

/// <summary>
/// Lets API keys with this scope call an HTTP function, besides the people whom <see cref="AllowAttribute"/> names.
/// Without it, no key may call the function.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowKeyAttribute(KeyScope scope) : Attribute
{
    public KeyScope Scope { get; } = scope;
}

/// <summary>
/// Refuses embed tokens in an HTTP function that agents may call: it is about their own sign-in, which is none of
/// another application's.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NotEmbeddedAttribute : Attribute;
