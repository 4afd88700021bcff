namespace CallMyWay.Functions.Storage;

/// <summary>What a storage could not do, in words for whoever runs the host.</summary>
public class StorageException(string message, Exception? inner = null) : IOException(message, inner);
