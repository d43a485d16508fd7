"""Java functions outside Lambda: the JDK, Lambda's runtime interface client, and classes loaded beforehand."""
