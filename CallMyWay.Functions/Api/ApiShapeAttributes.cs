namespace CallMyWay.Functions.Api;

/// <summary>The type of an HTTP function's JSON body, for <see cref="OpenApiFunctions"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TakesAttribute(Type body) : Attribute
{
    public Type Body { get; } = body;
}

/// <summary>A successful answer of an HTTP function; without a type if it has no body.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class AnswersAttribute(int status, Type? body = null) : Attribute
{
    public int Status { get; } = status;

    public Type? Body { get; } = body;
}

/// <summary>The query parameters of an HTTP function.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AsksAttribute(params string[] parameters) : Attribute
{
    public IReadOnlyList<string> Parameters { get; } = parameters;
}

/// <summary>A header that an HTTP function requires.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsHeaderAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
