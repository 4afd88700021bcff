namespace CallMyWay.Functions.Api;

/// <summary>The JSON that an HTTP function takes, for <see cref="OpenApiFunctions"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TakesAttribute(Type body) : Attribute
{
    public Type Body { get; } = body;
}

/// <summary>What an HTTP function answers when all is well; no type where it answers nothing.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class AnswersAttribute(int status, Type? body = null) : Attribute
{
    public int Status { get; } = status;

    public Type? Body { get; } = body;
}

/// <summary>The query parameters that an HTTP function understands.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AsksAttribute(params string[] parameters) : Attribute
{
    public IReadOnlyList<string> Parameters { get; } = parameters;
}

/// <summary>A header that an HTTP function does not do without.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsHeaderAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
